import { Alert, type AlertProps } from '@mantine/core';
import classes from './warning.module.css';

/** Something to be known before one goes on. Orange letters of the library are too pale to be read by day. */
export const Warning = (props: Omit<AlertProps, 'color' | 'variant' | 'classNames'>) => (
  <Alert {...props} classNames={{ root: classes['warning'], title: classes['title'] }} />
);
